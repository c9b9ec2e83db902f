-- Partial: of the other kinds of device there are so many that a page of them is filled in passing.
create index concurrently session_device on session (device, created_at desc, id desc) where device in ('tablet', 'tv');
