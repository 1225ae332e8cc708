-- The inventory row of a sale is updated by every purchase: leave room on its page, so that updates stay on it (HOT),
-- and clean up early.
ALTER TABLE "inventory" SET (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);--> statement-breakpoint
ALTER TABLE "payments" SET (fillfactor = 80);--> statement-breakpoint
ALTER TABLE "outbox" SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);--> statement-breakpoint
COMMENT ON INDEX "products_room" IS 'stock/figures.ts: the products of one room';--> statement-breakpoint
COMMENT ON INDEX "orders_jti_once" IS 'orders/purchase.ts: a token buys once; orders/find-by-jti.ts: the order of a spent token';--> statement-breakpoint
COMMENT ON INDEX "orders_pending_by_hold" IS 'orders/overdue-holds.ts: unpaid orders whose hold has passed';--> statement-breakpoint
COMMENT ON INDEX "outbox_unpublished" IS 'outbox/publish.ts: the oldest jobs that no queue has yet';--> statement-breakpoint
COMMENT ON INDEX "api_keys_hash_unique" IS 'api-keys/find-by-hash.ts: who presents this key';--> statement-breakpoint
COMMENT ON INDEX "dead_letters_job_id_unique" IS 'dead-letters/record.ts: one row per job, however often it is recorded';--> statement-breakpoint
COMMENT ON INDEX "users_email_unique" IS 'one account per e-mail address';--> statement-breakpoint
COMMENT ON INDEX "audit_by_target" IS 'audit/list.ts: the changes of one room or key, newest first';
