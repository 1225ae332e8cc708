-- Only adds.
ALTER TABLE "turn_mails" ADD COLUMN "kind" text DEFAULT 'turn_near' NOT NULL;