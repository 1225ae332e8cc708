CREATE TABLE "code_uses" (
	"room_id" text NOT NULL,
	"epoch" integer NOT NULL,
	"code_id" text NOT NULL,
	"uses" integer NOT NULL,
	CONSTRAINT "code_uses_room_id_epoch_code_id_pk" PRIMARY KEY("room_id","epoch","code_id")
);
--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "priority_high_number" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "priority_serving" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "code_uses" ADD CONSTRAINT "code_uses_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;