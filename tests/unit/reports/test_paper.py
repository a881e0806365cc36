"""What a long paper leaves behind."""

import psutil
import pytest

from daftari.reports.pages.paper import pdf_of

MEGABYTE = 2**20


def long_statement(number: int) -> bytes:
    side = {"label": "الرصيد", "amount": "1.00", "side": "عليك"}
    rows = [
        {
            "day": "1/1/2026",
            "hijri": "",
            "title": "دَين",
            "mark": "",
            "note": f"خبز {number} {at}",
            "details": "نقدًا",
            "debt": f"{number}.{at:04d}",
            "payment": "",
            "amount": "1.00",
            "side": "عليك",
        }
        for at in range(500)
    ]
    section = {"currency": "ريال", "carried": None, "rows": rows, "debts": "1", "payments": "1"}
    section |= {"closing": side, "words": "ريال", "ageing": []}
    it = {"title": "كشف", "shop": "بقالة", "shop_phone": "", "name": "علي", "phone": ""}
    it |= {"period": "", "printed": "", "only_branch": "", "empty": "", "proof": "0"}
    names = ("customer", "balance", "total", "ageing", "proof", "proof_says", "page_of")
    labels = {name: name for name in names} | {"columns": ["1", "2", "3", "4"]}
    return pdf_of("statement", "ar", "latn", {"it": it | {"sections": [section]}, "labels": labels})


@pytest.mark.thorough
def test_long_papers_do_not_fill_the_memory():
    long_statement(0)
    before = psutil.Process().memory_info().rss
    for number in range(1, 6):
        assert long_statement(number).startswith(b"%PDF-")
    assert psutil.Process().memory_info().rss - before < 80 * MEGABYTE
