-- Only adds. What was handed to the queues before counts as done: they have it.
ALTER TABLE "outbox" ADD COLUMN "done_at" timestamp with time zone;--> statement-breakpoint
UPDATE "outbox" SET "done_at" = "published_at" WHERE "published_at" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "outbox_undone" ON "outbox" USING btree ("published_at") WHERE "outbox"."done_at" is null and "outbox"."published_at" is not null;--> statement-breakpoint
CREATE INDEX "payments_open_by_update" ON "payments" USING btree ("updated_at") WHERE "payments"."state" in ('new', 'in_flight', 'unknown', 'requires_action');--> statement-breakpoint
COMMENT ON INDEX "outbox_undone" IS 'hand-over-again: what its queue may have lost';--> statement-breakpoint
COMMENT ON INDEX "payments_open_by_update" IS 'take-stale: payments whose end is not known and of which nothing is heard';
