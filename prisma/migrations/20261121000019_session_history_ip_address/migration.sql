-- Ended sessions from an address or a range.
create index concurrently session_history_ip_address on session_history (ip_address) where ip_address is not null;
