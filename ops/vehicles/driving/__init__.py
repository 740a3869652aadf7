"""出车 on the driver's phone: today's trips, the dial with its photograph, costs on the way, the user's confirmation.

What is typed without a connection waits in the phone's outbox and arrives once (`SentOnce`). Late returns remind.
"""
