-- Measures, for those who may see them and see no child. By whole months of one collection year (1 April to 31 March,
-- named after the year in which it ends): no shorter time can be asked about. The row without a month is the whole year.
-- Counted as it was when the present month began, by the database's own clock: two looks a minute apart would otherwise
-- differ by the one child about whom something was written in between.
CALL access_open_to_definer('missing_episode');

CREATE OR REPLACE FUNCTION insight_year(ends_in integer, interview_hours integer)
RETURNS TABLE (month date, episodes bigint, children bigint, returned bigint, settled bigint, offered bigint,
               accepted bigint, held bigint, held_in_time bigint, declined_child bigint, declined_parent bigint,
               not_reached bigint, not_offered bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH as_at (cut) AS (
        SELECT date_trunc('month', now() AT TIME ZONE 'Europe/London') AT TIME ZONE 'Europe/London')
    SELECT date_trunc('month', e.last_seen_at AT TIME ZONE 'Europe/London')::date,
           count(*), count(DISTINCT e.person_id),
           count(*) FILTER (WHERE e.returned_at < cut),
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
    FROM missing_episode e, as_at
    WHERE (e.cancelled_at IS NULL OR e.cancelled_at >= cut)
      AND e.recorded_at < cut AND e.last_seen_at < cut
      AND e.last_seen_at >= make_timestamp(ends_in - 1, 4, 1, 0, 0, 0) AT TIME ZONE 'Europe/London'
      AND e.last_seen_at < make_timestamp(ends_in, 4, 1, 0, 0, 0) AT TIME ZONE 'Europe/London'
    GROUP BY GROUPING SETS ((1), ())
    HAVING access_scopes() && '{analyst,strategic_lead,coordinator}'
    ORDER BY 1 NULLS LAST
$$;
ALTER FUNCTION insight_year(integer, integer) OWNER TO wayhome_definer;
