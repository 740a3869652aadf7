"""会务服务: venues booked, meetings prepared, served, held and rated.

Glossary: meeting 会议, venue 会场, before/during/after 会前/会中/会后, service error 差错, held 已召开.
"""
