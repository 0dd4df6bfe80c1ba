-- At which desks a member of staff is signed on, in any town: they are free once they may not work there any more, or sign out.
create index desk_clerk_by_member on desk_clerk (member_id);
