-- Only adds.
CREATE TABLE "turn_mails" (
	"cause" text PRIMARY KEY NOT NULL,
	"address" text,
	"locale" text,
	"room_name" text NOT NULL,
	"resume_url" text,
	"stop_url" text,
	"expires_at" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
-- The gateway may write such a mail down, and nothing else comes of that than this job.
CREATE FUNCTION "queue_turn_mail"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
	INSERT INTO public.outbox (queue, name, payload, created_at)
	VALUES ('email', 'email.turn', jsonb_build_object('cause', NEW.cause), NEW.created_at);
	RETURN NULL;
END
$$;--> statement-breakpoint
REVOKE ALL ON FUNCTION "queue_turn_mail"() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER "turn_mails_job" AFTER INSERT ON "turn_mails" FOR EACH ROW EXECUTE FUNCTION "queue_turn_mail"();
