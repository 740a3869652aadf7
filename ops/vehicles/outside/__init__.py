"""区外地点: places that lie out of the district, so that a request for one of them says so and how far it is.

Glossary: place out of the district 区外地点, one way 单程.
"""
