-- Widens only: orders counted before stay counted as before, until they are paid or end.
ALTER TABLE "purchase_counts" DROP CONSTRAINT "purchase_limit";--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "email_verified" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "disowned_by" uuid;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "refunded_amount" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "purchase_counts" ADD COLUMN "claimed_units" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "purchase_counts" ADD CONSTRAINT "purchase_limit" CHECK ("purchase_counts"."units" between 0 and "purchase_counts"."max_units" and "purchase_counts"."claimed_units" >= 0);--> statement-breakpoint
-- Only adds.
ALTER TABLE "turn_mails" ADD COLUMN "kind" text DEFAULT 'turn_near' NOT NULL;