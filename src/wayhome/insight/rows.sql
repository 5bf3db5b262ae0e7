-- Measures. What is counted is said once, in functions that look with the eyes of whoever calls them; those who see no
-- child are given the counts of all children by functions that look past the policies, and by nothing else.
CALL access_open_to_definer('missing_episode');
CALL access_open_to_definer('missing_safeandwellcheck');
CALL access_open_to_definer('missing_returninterview');
CALL access_open_to_definer('missing_report');
CALL access_open_to_definer('missing_chosenfact');

-- From the start of the first of some months to the end of the last. No SQL function: PostgreSQL makes one plan of those
-- that call each other only as long as nothing handed to them is a query.
CREATE OR REPLACE FUNCTION insight_span(months date[]) RETURNS tstzrange LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN (SELECT tstzrange(min(m)::timestamp AT TIME ZONE 'Europe/London',
                             (max(m) + interval '1 month') AT TIME ZONE 'Europe/London') FROM unnest(months) m);
END $$;

-- The episodes that began in a time, as its caller sees them. The application goes from its own grants to the children
-- and their episodes: the policy lets the same rows through, but would be asked of every episode of the time, and most
-- are of children hidden from the viewer. It is asked of these all the same. Who is not held by grants gets the second
-- part; of the two, the other is never begun.
CREATE OR REPLACE FUNCTION insight_begun(since timestamptz, until timestamptz) RETURNS SETOF missing_episode
LANGUAGE sql STABLE AS $$
    SELECT e.* FROM missing_episode e
    WHERE current_user = 'wayhome_app' AND e.last_seen_at >= since AND e.last_seen_at < until
        AND e.person_id = ANY (ARRAY(SELECT DISTINCT g.person_id FROM access_grant g))
    UNION ALL
    SELECT e.* FROM missing_episode e
    WHERE current_user <> 'wayhome_app' AND e.last_seen_at >= since AND e.last_seen_at < until
$$;

-- By whole months of one collection year (1 April to 31 March, named after the year in which it ends). The row without
-- a month is the whole year. What was written after `cut` is not counted. Returned are those who are back alive, of an
-- episode that did not come as history: nothing is asked of any other.
CREATE OR REPLACE FUNCTION insight_seen_year(ends_in integer, interview_hours integer, cut timestamptz)
RETURNS TABLE (month date, episodes bigint, children bigint, returned bigint, settled bigint, offered bigint,
               accepted bigint, held bigint, held_in_time bigint, declined_child bigint, declined_parent bigint,
               not_reached bigint, not_offered bigint)
LANGUAGE sql STABLE AS $$
    SELECT date_trunc('month', e.last_seen_at AT TIME ZONE 'Europe/London')::date,
           count(*), count(DISTINCT e.person_id),
           count(*) FILTER (WHERE e.returned_at < cut AND e.return_method <> 'DECEASED' AND NOT e.is_history),
           count(*) FILTER (WHERE e.interview_settled_at < cut),
           count(*) FILTER (WHERE e.interview_settled_at < cut AND e.interview_offered_at < cut),
           count(*) FILTER (WHERE e.interview_settled_at < cut AND e.interview_accepted_at < cut),
           count(*) FILTER (WHERE e.interview_settled_at < cut AND e.interview_held_at < cut),
           count(*) FILTER (WHERE e.interview_settled_at < cut AND e.interview_held_at < cut
                           AND e.interview_held_at <= e.returned_at + interview_hours * interval '1 hour'),
           count(*) FILTER (WHERE e.interview_settled_at < cut AND e.interview_outcome = 'declined_child'),
           count(*) FILTER (WHERE e.interview_settled_at < cut AND e.interview_outcome = 'declined_parent'),
           count(*) FILTER (WHERE e.interview_settled_at < cut AND e.interview_outcome = 'not_contactable'),
           count(*) FILTER (WHERE e.interview_settled_at < cut AND e.interview_outcome = 'not_offered')
    FROM insight_begun(make_timestamp(ends_in - 1, 4, 1, 0, 0, 0) AT TIME ZONE 'Europe/London',
                       make_timestamp(ends_in, 4, 1, 0, 0, 0) AT TIME ZONE 'Europe/London') e
    WHERE (e.cancelled_at IS NULL OR e.cancelled_at >= cut)
      AND e.recorded_at < cut AND e.last_seen_at < cut
    GROUP BY GROUPING SETS ((1), ())
    ORDER BY 1 NULLS LAST
$$;

-- The episodes that began in some months, each with what a measure asks of it. Each month has its own cut: what was
-- written or happened later is not known yet. Returned are those who are back alive, of an episode that did not come as
-- history: of no other is anything asked here, and whether it was done elsewhere nobody told.
CREATE OR REPLACE FUNCTION insight_episodes(months date[], cuts timestamptz[], interview_hours integer,
                                            safe_hours integer, repeat_days integer)
RETURNS TABLE (month date, episode uuid, person uuid, recorded_at timestamptz, is_repeat boolean, is_first boolean,
               is_returned boolean, is_offered boolean, is_accepted boolean, is_held boolean,
               is_held_in_time boolean, is_seen boolean, is_seen_in_time boolean)
LANGUAGE sql STABLE AS $$
    SELECT asked.month, e.id, e.person_id, e.recorded_at,
           coalesce(earlier.last_seen_at >= e.last_seen_at - repeat_days * interval '1 day', false),
           earlier.last_seen_at IS NULL,
           back.alive,
           back.alive AND coalesce(e.interview_offered_at < asked.cut, false),
           back.alive AND coalesce(e.interview_offered_at < asked.cut AND e.interview_accepted_at < asked.cut, false),
           back.heard,
           back.heard AND e.interview_held_at <= e.returned_at + interview_hours * interval '1 hour',
           back.seen,
           back.seen AND e.safe_and_well_at <= e.returned_at + safe_hours * interval '1 hour'
    FROM insight_begun(lower(insight_span(months)), upper(insight_span(months))) e
    JOIN unnest(months, cuts) AS asked (month, cut)
        ON asked.month = date_trunc('month', e.last_seen_at AT TIME ZONE 'Europe/London')::date
    LEFT JOIN LATERAL (
        SELECT before.last_seen_at FROM missing_episode before
        WHERE before.person_id = e.person_id AND before.last_seen_at < e.last_seen_at
            AND before.recorded_at < asked.cut AND (before.cancelled_at IS NULL OR before.cancelled_at >= asked.cut)
        ORDER BY before.last_seen_at DESC LIMIT 1) earlier ON true
    CROSS JOIN LATERAL (
        SELECT coalesce(e.returned_at < asked.cut AND e.return_method <> 'DECEASED' AND NOT e.is_history, false)
            AS alive) returned
    CROSS JOIN LATERAL (
        SELECT returned.alive,
            returned.alive AND coalesce(e.interview_settled_at < asked.cut AND e.interview_held_at < asked.cut
                AND e.interview_offered_at < asked.cut AND e.interview_accepted_at < asked.cut, false) AS heard,
            returned.alive AND coalesce(e.safe_and_well_at < asked.cut, false) AND NOT EXISTS (
                SELECT FROM missing_safeandwellcheck c
                WHERE c.episode_id = e.id AND c.outcome = 'no_further_try') AS seen
        OFFSET 0) back
    WHERE e.last_seen_at < asked.cut AND e.recorded_at < asked.cut
        AND (e.cancelled_at IS NULL OR e.cancelled_at >= asked.cut)
$$;

CREATE OR REPLACE FUNCTION insight_seen_months(months date[], cuts timestamptz[], interview_hours integer,
                                               safe_hours integer, repeat_days integer)
RETURNS TABLE (month date, episodes bigint, children bigint, repeat bigint, first_time bigint, returned bigint,
               offered bigint, accepted bigint, held bigint, held_in_time bigint, seen bigint, seen_in_time bigint,
               facts_until timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT month, count(*), count(DISTINCT person), count(*) FILTER (WHERE is_repeat),
           count(*) FILTER (WHERE is_first), count(*) FILTER (WHERE is_returned), count(*) FILTER (WHERE is_offered),
           count(*) FILTER (WHERE is_accepted), count(*) FILTER (WHERE is_held),
           count(*) FILTER (WHERE is_held_in_time), count(*) FILTER (WHERE is_seen),
           count(*) FILTER (WHERE is_seen_in_time), max(recorded_at)
    FROM insight_episodes(months, cuts, interview_hours, safe_hours, repeat_days)
    GROUP BY month ORDER BY month
$$;

-- Reasons given in the interviews of a month's episodes. A child may give several, so they do not add up. The row
-- without a code is how many interviews were held.
CREATE OR REPLACE FUNCTION insight_seen_reasons(months date[], cut timestamptz)
RETURNS TABLE (month date, kind text, code text, times bigint)
LANGUAGE sql STABLE AS $$
    WITH heard AS MATERIALIZED (
        SELECT asked.month, i.push_reasons, i.pull_reasons
        FROM insight_begun(lower(insight_span(months)), upper(insight_span(months))) e
        JOIN unnest(months) AS asked (month)
            ON asked.month = date_trunc('month', e.last_seen_at AT TIME ZONE 'Europe/London')::date
        JOIN missing_returninterview i ON i.episode_id = e.id
        WHERE i.held_at < cut AND i.settled_at < cut AND e.recorded_at < cut
            AND (e.cancelled_at IS NULL OR e.cancelled_at >= cut))
    SELECT month, '', '', count(*) FROM heard GROUP BY month
    UNION ALL SELECT month, 'push', code, count(*) FROM heard, unnest(push_reasons) code GROUP BY month, code
    UNION ALL SELECT month, 'pull', code, count(*) FROM heard, unnest(pull_reasons) code GROUP BY month, code
$$;

-- ── For those who see no child: all children, whole months, as it was when the present month began ────────────
-- By the database's own clock: two looks a minute apart would otherwise differ by the one child about whom something
-- was written in between.
CREATE OR REPLACE FUNCTION insight_cut() RETURNS timestamptz LANGUAGE sql STABLE AS
    $$ SELECT date_trunc('month', now() AT TIME ZONE 'Europe/London') AT TIME ZONE 'Europe/London' $$;

CREATE OR REPLACE FUNCTION insight_sees_counts_only() RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT access_scopes() && '{analyst,strategic_lead}' $$;

CREATE OR REPLACE FUNCTION insight_year(ends_in integer, interview_hours integer)
RETURNS TABLE (month date, episodes bigint, children bigint, returned bigint, settled bigint, offered bigint,
               accepted bigint, held bigint, held_in_time bigint, declined_child bigint, declined_parent bigint,
               not_reached bigint, not_offered bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT * FROM insight_seen_year(ends_in, interview_hours, insight_cut()) WHERE insight_sees_counts_only()
$$;
ALTER FUNCTION insight_year(integer, integer) OWNER TO wayhome_definer;

CREATE OR REPLACE FUNCTION insight_months(months date[], interview_hours integer, safe_hours integer,
                                          repeat_days integer)
RETURNS TABLE (month date, episodes bigint, children bigint, repeat bigint, first_time bigint, returned bigint,
               offered bigint, accepted bigint, held bigint, held_in_time bigint, seen bigint, seen_in_time bigint,
               facts_until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT counted.* FROM insight_seen_months(
        ARRAY(SELECT DISTINCT date_trunc('month', m)::date FROM unnest(months) m),
        array_fill(insight_cut(), ARRAY[cardinality(months)]), interview_hours, safe_hours, repeat_days) counted
    WHERE insight_sees_counts_only()
$$;
ALTER FUNCTION insight_months(date[], integer, integer, integer) OWNER TO wayhome_definer;

CREATE OR REPLACE FUNCTION insight_reasons(months date[])
RETURNS TABLE (month date, kind text, code text, times bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT * FROM insight_seen_reasons(
        ARRAY(SELECT DISTINCT date_trunc('month', m)::date FROM unnest(months) m), insight_cut())
    WHERE insight_sees_counts_only()
$$;
ALTER FUNCTION insight_reasons(date[]) OWNER TO wayhome_definer;

-- How complete and how quick notifications were, by source, in the twelve full months before the present one.
CREATE OR REPLACE FUNCTION insight_accuracy()
RETURNS TABLE (source text, received bigint, repeated bigint, complete bigint,
               noticed_told bigint, noticed_half interval, noticed_most interval,
               reported_told bigint, reported_half interval, reported_most interval,
               decided bigint, not_missing bigint, of_an_episode bigint, set_aside bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT * FROM missing_seen_accuracy(
        (insight_cut() AT TIME ZONE 'Europe/London' - interval '12 months') AT TIME ZONE 'Europe/London',
        insight_cut(), insight_cut())
    WHERE insight_sees_counts_only()
$$;
ALTER FUNCTION insight_accuracy() OWNER TO wayhome_definer;

-- ── Figures as they were counted ──────────────────────────────────────────────────────────────────────────
-- The table holds counts of all children, small ones too: nobody reads it as it is. Who may see measures learns when
-- each figure was counted; those who see no child also what it was. To one who sees most children the count of all
-- would tell how many are hidden from them.
CALL access_replace_policy('insight_countedmonth', 'works_by_itself', 'TO wayhome_worker USING (true)');
GRANT SELECT, INSERT ON insight_countedmonth TO wayhome_worker;
CALL access_open_to_definer('insight_countedmonth');

CREATE OR REPLACE FUNCTION insight_counted(asked date[])
RETURNS TABLE (month date, measure text, counted_at timestamptz, numerator integer, denominator integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.month, c.measure, c.counted_at,
        CASE WHEN insight_sees_counts_only() THEN c.numerator END,
        CASE WHEN insight_sees_counts_only() THEN c.denominator END
    FROM insight_countedmonth c
    WHERE c.month = ANY (asked) AND c.counted_at <= insight_cut()
        AND access_scopes() && '{analyst,strategic_lead,coordinator}'
    ORDER BY c.counted_at
$$;
ALTER FUNCTION insight_counted(date[]) OWNER TO wayhome_definer;
