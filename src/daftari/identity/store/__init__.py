"""The SQL of people, shops and sign-ins, one module per noun."""
