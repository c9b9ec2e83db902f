-- For the end of the session behind an impersonation. Partial: hardly any session is one.
create index concurrently session_impersonator_session_id_idx on session (impersonator_session_id) where impersonator_session_id is not null;
