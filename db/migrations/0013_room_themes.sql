CREATE TABLE "room_themes" (
	"room" text PRIMARY KEY NOT NULL,
	"theme" jsonb NOT NULL,
	"revision" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "room_themes" ADD CONSTRAINT "room_themes_room_rooms_id_fk" FOREIGN KEY ("room") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;