CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"label" text NOT NULL,
	"holder" jsonb NOT NULL,
	"scopes" jsonb NOT NULL,
	"secret_hash" text NOT NULL,
	"last_four" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"loopback_only" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sealed" (
	"chain" text NOT NULL,
	"seq" integer NOT NULL,
	"key" text NOT NULL,
	"entry" jsonb NOT NULL,
	"previous" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "sealed_chain_seq_pk" PRIMARY KEY("chain","seq"),
	CONSTRAINT "sealed_once" UNIQUE("chain","key")
);
--> statement-breakpoint
CREATE FUNCTION "refuse_change" () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'entries of % are only ever added', TG_TABLE_NAME;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "sealed_stays" BEFORE UPDATE OR DELETE OR TRUNCATE ON "sealed" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change" ();
