-- A vote is about one case: who asks, for which project, agreement and destination, in which words, and the frozen content. Requests and
-- votes from before have no case digest and are never sealed.
ALTER TABLE release_requests ADD COLUMN case_digest text NOT NULL DEFAULT '';
ALTER TABLE release_requests ALTER COLUMN case_digest DROP DEFAULT;
ALTER TABLE release_votes RENAME COLUMN digest TO case_digest;

CREATE FUNCTION refuse_other_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.author, NEW.project, NEW.agreement, NEW.title, NEW.purpose_note, NEW.destination, NEW.digest, NEW.case_digest,
        NEW.row_count, NEW.column_count, NEW.created_at)
       IS DISTINCT FROM
       (OLD.id, OLD.author, OLD.project, OLD.agreement, OLD.title, OLD.purpose_note, OLD.destination, OLD.digest, OLD.case_digest,
        OLD.row_count, OLD.column_count, OLD.created_at) THEN
        RAISE EXCEPTION 'what is asked in % is written once', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER same_case BEFORE UPDATE ON release_requests FOR EACH ROW EXECUTE FUNCTION refuse_other_case();

CREATE TRIGGER kept BEFORE DELETE ON frozen_answers FOR EACH ROW EXECUTE FUNCTION refuse_edit();
CREATE TRIGGER kept BEFORE DELETE ON release_requests FOR EACH ROW EXECUTE FUNCTION refuse_edit();
CREATE TRIGGER kept BEFORE DELETE ON release_transitions FOR EACH ROW EXECUTE FUNCTION refuse_edit();
CREATE TRIGGER kept BEFORE DELETE ON release_votes FOR EACH ROW EXECUTE FUNCTION refuse_edit();
CREATE TRIGGER kept BEFORE DELETE ON release_comments FOR EACH ROW EXECUTE FUNCTION refuse_edit();
CREATE TRIGGER kept BEFORE DELETE ON sealed_bundles FOR EACH ROW EXECUTE FUNCTION refuse_edit();
