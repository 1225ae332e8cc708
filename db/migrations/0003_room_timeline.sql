CREATE TABLE "room_minutes" (
	"room" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"seen_ms" bigint NOT NULL,
	"generation" bigint NOT NULL,
	"waiting" integer NOT NULL,
	"active" integer NOT NULL,
	"serving" bigint NOT NULL,
	"issued" bigint NOT NULL,
	"joined" bigint NOT NULL,
	"called" bigint NOT NULL,
	"dropped" bigint NOT NULL,
	"remaining" integer,
	"held" integer,
	"sold" integer,
	CONSTRAINT "room_minutes_room_at_pk" PRIMARY KEY("room","at")
);
--> statement-breakpoint
CREATE TABLE "room_seconds" (
	"room" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"seen_ms" bigint NOT NULL,
	"generation" bigint NOT NULL,
	"waiting" integer NOT NULL,
	"active" integer NOT NULL,
	"serving" bigint NOT NULL,
	"issued" bigint NOT NULL,
	"joined" bigint NOT NULL,
	"called" bigint NOT NULL,
	"dropped" bigint NOT NULL,
	"remaining" integer,
	"held" integer,
	"sold" integer,
	CONSTRAINT "room_seconds_room_at_pk" PRIMARY KEY("room","at")
);
--> statement-breakpoint
ALTER TABLE "room_minutes" ADD CONSTRAINT "room_minutes_room_rooms_id_fk" FOREIGN KEY ("room") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_seconds" ADD CONSTRAINT "room_seconds_room_rooms_id_fk" FOREIGN KEY ("room") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "room_minutes_by_time" ON "room_minutes" USING btree ("at");--> statement-breakpoint
CREATE INDEX "room_seconds_by_time" ON "room_seconds" USING btree ("at");--> statement-breakpoint
COMMENT ON INDEX "room_seconds_by_time" IS 'timeline/roll-up.ts and timeline/clean-up.ts: samples of all rooms by age';--> statement-breakpoint
COMMENT ON INDEX "room_minutes_by_time" IS 'timeline/clean-up.ts: samples of all rooms by age';
