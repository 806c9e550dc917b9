-- What an answer shows, as contributions added up over buckets of people: a new answer is compared with all figures shown of the same data,
-- by people and not by wording. Answers that were compared by their wording are no part of this history and are not repeated under it.
DELETE FROM published_answers;
DROP INDEX published_answers_by_population;
ALTER TABLE published_answers DROP COLUMN population, DROP COLUMN block_keys, DROP COLUMN atoms, DROP COLUMN shown,
    ADD COLUMN figures text NOT NULL;
CREATE INDEX published_answers_by_snapshot ON published_answers (snapshot);
