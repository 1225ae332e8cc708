CREATE TABLE "idempotent_requests" (
	"actor" uuid NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"locked_until" timestamp with time zone NOT NULL,
	"status" integer,
	"answer_encrypted" text,
	CONSTRAINT "idempotent_requests_actor_key_pk" PRIMARY KEY("actor","key")
);
