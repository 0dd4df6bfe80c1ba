-- A code that confirms an address goes before all other e-mail that waits.
create index mail_due_codes on mail_delivery (next_at) where state = 'queued' and kind = 'code';
