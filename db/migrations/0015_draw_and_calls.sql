CREATE TABLE "room_calls" (
	"room_id" text PRIMARY KEY NOT NULL,
	"epoch" integer NOT NULL,
	"known_at" bigint NOT NULL,
	"log" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "lottery_seed_sealed" text;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "lottery_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "room_calls" ADD CONSTRAINT "room_calls_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;