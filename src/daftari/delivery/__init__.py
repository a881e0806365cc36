"""How a message leaves the shop: the outbox, the ways out, the phones that asked to be told."""
