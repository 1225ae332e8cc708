CREATE TABLE "revoked_tokens" (
	"jti" text PRIMARY KEY NOT NULL,
	"room" text NOT NULL,
	"revoked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "lottery_seed" text;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "lottery_size" bigint;