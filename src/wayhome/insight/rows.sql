-- Measures, for those who may see them and see no child. By whole months of one collection year (1 April to 31 March,
-- named after the year in which it ends): no shorter time can be asked about. The row without a month is the whole year.
CALL access_open_to_definer('missing_episode');

CREATE OR REPLACE FUNCTION insight_year(ends_in integer, interview_hours integer)
RETURNS TABLE (month date, episodes bigint, children bigint, returned bigint, settled bigint, offered bigint,
               accepted bigint, held bigint, held_in_time bigint, declined_child bigint, declined_parent bigint,
               not_reached bigint, not_offered bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT date_trunc('month', e.last_seen_at AT TIME ZONE 'Europe/London')::date,
           count(*), count(DISTINCT e.person_id),
           count(*) FILTER (WHERE e.returned_at IS NOT NULL),
           count(*) FILTER (WHERE e.interview_settled_at IS NOT NULL),
           count(*) FILTER (WHERE e.interview_settled_at IS NOT NULL AND e.interview_offered_at IS NOT NULL),
           count(*) FILTER (WHERE e.interview_settled_at IS NOT NULL AND e.interview_accepted_at IS NOT NULL),
           count(*) FILTER (WHERE e.interview_held_at IS NOT NULL),
           count(*) FILTER (WHERE e.interview_held_at <= e.returned_at + interview_hours * interval '1 hour'),
           count(*) FILTER (WHERE e.interview_outcome = 'declined_child'),
           count(*) FILTER (WHERE e.interview_outcome = 'declined_parent'),
           count(*) FILTER (WHERE e.interview_outcome = 'not_contactable'),
           count(*) FILTER (WHERE e.interview_outcome = 'not_offered')
    FROM missing_episode e
    WHERE e.cancelled_at IS NULL
      AND e.last_seen_at >= make_timestamp(ends_in - 1, 4, 1, 0, 0, 0) AT TIME ZONE 'Europe/London'
      AND e.last_seen_at < make_timestamp(ends_in, 4, 1, 0, 0, 0) AT TIME ZONE 'Europe/London'
    GROUP BY GROUPING SETS ((1), ())
    HAVING access_scopes() && '{analyst,strategic_lead,coordinator}'
    ORDER BY 1 NULLS LAST
$$;
ALTER FUNCTION insight_year(integer, integer) OWNER TO wayhome_definer;
