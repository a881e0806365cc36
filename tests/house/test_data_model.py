"""docs/data-model.md says what the tables say: `make data-model` writes it."""

from scripts import data_model


def test_the_document_is_what_the_tables_say():
    document = data_model.document()
    assert document.count("\n### ") > 25
    assert document == data_model.TARGET.read_text("utf-8"), "run: make data-model"


def test_every_table_has_a_purpose_and_every_purpose_a_table():
    assert not data_model.unmatched()


def test_the_triggers_of_the_book_are_told():
    assert "BEFORE UPDATE ON entries" in data_model.TARGET.read_text("utf-8")
