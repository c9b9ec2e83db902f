-- What a receipt has ended, to be counted and shown: most of the history belongs to none.
create index concurrently session_history_receipt_id_idx on session_history (receipt_id) where receipt_id is not null;
