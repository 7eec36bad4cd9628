"""Every write of the room: keeping a file, holding one that is still on its way, joining pages."""

from __future__ import annotations

from ocop.files.actions.keeping import (
    clean_name,
    join_pages,
    joined_content,
    keep,
    keep_made,
    keep_paper,
    keep_upload,
    take_in,
)
from ocop.files.actions.tidying import sweep_store, tidy_uploads
from ocop.files.actions.uploads import (
    MOST_WAITING,
    WrongOffset,
    append_upload,
    claim_uploads,
    end_upload,
    end_waiting_uploads,
    finish_upload,
    finish_uploads,
    hold_sent,
    hold_upload,
    start_upload,
)

__all__ = [
    "MOST_WAITING",
    "WrongOffset",
    "append_upload",
    "claim_uploads",
    "clean_name",
    "end_upload",
    "end_waiting_uploads",
    "finish_upload",
    "finish_uploads",
    "hold_sent",
    "hold_upload",
    "join_pages",
    "joined_content",
    "keep",
    "keep_made",
    "keep_paper",
    "keep_upload",
    "start_upload",
    "sweep_store",
    "take_in",
    "tidy_uploads",
]
