/** So many of the newest are told of, each kind for itself: anybody can ask for resets, and nobody reads on so far. */
export const LETTERS_TOLD = 2_000;

const letterOf = `LEFT JOIN users u ON u.id = a.user_id LEFT JOIN staff_members m ON m.id = a.staff_member_id
  LEFT JOIN account_links k ON k.id = a.link_id LEFT JOIN letters l ON l.id = 'account-letter-' || a.id`;

/** A link that another one replaced is not sent any more, and nothing is to whoever is disabled. */
const outcome = `WHEN l.delivered THEN 'sent' WHEN NOT l.delivered THEN 'refused'
  WHEN coalesce(u.disabled_at, m.disabled_at, k.used_at, k.replaced_at) IS NOT NULL THEN 'dropped' ELSE 'waiting'`;

/** Letters about accounts, and resets that were asked for, as branches of the union of processes. Colleagues are not named. */
export const letterProcesses = `
  SELECT 'account-letter:' || a.id, 'accountLetter', CASE WHEN a.user_id IS NULL THEN 'staff' ELSE 'user' END,
         u.name, a.id, NULL, CAST(NULL AS uuid), x.stage, x.stage <> 'waiting',
         a.happened_at, l.sent_at, s.started_at, s.attempts
  FROM (SELECT * FROM account_letters ORDER BY happened_at DESC LIMIT ${LETTERS_TOLD}) a
  JOIN process_starts s ON s.workflow_id = 'account-letter:' || a.id ${letterOf}
  CROSS JOIN LATERAL (SELECT CASE ${outcome} END AS stage) x
UNION ALL
  SELECT 'password-reset:' || r.id, 'passwordReset', r.person_kind,
         u.name, r.id, NULL, CAST(NULL AS uuid), x.stage, x.stage NOT IN ('asked', 'waiting'),
         r.asked_at, l.sent_at, s.started_at, s.attempts
  FROM (SELECT * FROM password_resets ORDER BY asked_at DESC LIMIT ${LETTERS_TOLD}) r
  JOIN process_starts s ON s.workflow_id = 'password-reset:' || r.id
  LEFT JOIN account_letters a ON a.id = r.id ${letterOf}
  CROSS JOIN LATERAL (SELECT CASE WHEN r.name IS NOT NULL THEN 'asked' WHEN a.id IS NULL THEN 'nobody' ${outcome} END AS stage) x`;
