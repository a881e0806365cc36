"""The SQL of people, shops and sign-ins. One module a noun."""
