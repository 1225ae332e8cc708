CREATE SEQUENCE "public"."room_epochs" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "released_tokens" (
	"jti" text PRIMARY KEY NOT NULL,
	"room" text NOT NULL,
	"released_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "revoked_codes" (
	"room_id" text NOT NULL,
	"epoch" integer NOT NULL,
	"code_id" text NOT NULL,
	"revoked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "revoked_codes_room_id_epoch_code_id_pk" PRIMARY KEY("room_id","epoch","code_id")
);
--> statement-breakpoint
ALTER TABLE "rooms" ALTER COLUMN "epoch" SET DEFAULT nextval('room_epochs');--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "revoked_codes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "takes_codes_without_epoch" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "revoked_codes" ADD CONSTRAINT "revoked_codes_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER SEQUENCE "public"."room_epochs" OWNED BY "rooms"."epoch";--> statement-breakpoint
-- Above every epoch that a room has, or that a deleted or reset one had; the distance is for services of the version before, which still count by themselves while they are replaced.
SELECT setval('room_epochs', highest + 1000) FROM (
	SELECT greatest(
		(SELECT max(epoch) FROM rooms),
		(SELECT max((before->>'epoch')::int) FROM audit WHERE action IN ('room.delete', 'room.reset') AND before->>'epoch' ~ '^[0-9]{1,9}$')
	) AS highest
) AS known WHERE highest IS NOT NULL;--> statement-breakpoint
UPDATE rooms SET takes_codes_without_epoch = true;
