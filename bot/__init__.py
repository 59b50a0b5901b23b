"""Grannbro: collaboration groups of neighbours, shops and authorities, bridged between chats."""
