-- Partial: hardly any session is an impersonation.
create index concurrently session_impersonated on session (created_at desc, id desc) where impersonated_by_id is not null;
