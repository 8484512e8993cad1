-- Whatever a batch holds, each of its statements finds its rows by their keys. So they are planned once a connection and not
-- for every batch, which was a third of a batch's cost; and a plan made while the tables were empty serves when they are full.
alter function commit_batch set plan_cache_mode = force_generic_plan set enable_seqscan = off;
