-- When whoever signs in was last asked who they are, as the provider says: its single sign-on may have asked nobody now.

-- None where the provider does not say.
alter table sign_in add column asked_at timestamptz;
