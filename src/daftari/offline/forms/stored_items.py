"""Items as they are stored when they were refused: the JSON of the sync format."""

from datetime import datetime

import msgspec

from daftari.kernel.clock import as_text
from daftari.offline.forms.items import AnyItem

_ITEM: msgspec.json.Decoder[AnyItem] = msgspec.json.Decoder(AnyItem)


def content_of(item: AnyItem, made_at: datetime) -> str:
    """An item as JSON. `made_at`: when it was made, by our clock."""
    dated = msgspec.structs.replace(item, made_at=as_text(made_at))
    return msgspec.json.encode(dated).decode()


def stored_item(content: str) -> AnyItem:
    """The item of `content_of`."""
    return _ITEM.decode(content)
