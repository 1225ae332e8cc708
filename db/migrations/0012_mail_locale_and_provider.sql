-- Widens only: whoever writes a provider still may, and a mail without a language is written in English.
ALTER TABLE "payments" ALTER COLUMN "provider" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "account_mails" ADD COLUMN "locale" text;