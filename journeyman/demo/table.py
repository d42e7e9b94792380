"""Credit-card clients: who will miss the next payment? The real table on which the demo builds.

"Default of Credit Card Clients" by I-Cheng Yeh, from the UCI Machine Learning Repository, under CC BY 4.0; see
``card_default.md`` beside this file.
"""

from __future__ import annotations

from pathlib import Path

#: 30,000 clients, 23 features of April to September 2005, and whether the next payment was missed.
PATH = Path(__file__).with_name("card_default.parquet")
TARGET = "default payment"
#: An illustration, not data: a call in time saves 300 where the client would have missed the payment, and costs 100
#: in work and annoyance where the client would have paid.
GAIN = "call:true=300, call:false=-100"
