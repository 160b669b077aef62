import type { Invariant } from './invariant.js';

/** Deeds that leave the name of their doer elsewhere too. */
const deeds = `
  SELECT asked_by_staff_id AS staff_id, 'power.asked' AS action FROM power_commands WHERE command <> 'state'
  UNION ALL SELECT asked_by, 'invoice.retried' FROM payment_attempts
  UNION ALL SELECT reserved_by, 'address.reserved' FROM address_reservations
  UNION ALL SELECT m.id, 'staff_task.answered' FROM staff_tasks t JOIN staff_members m ON m.id::text = t.answered_by
  UNION ALL SELECT actor_id::uuid, 'invoice.transfer_booked' FROM timeline_entries
    WHERE event = 'invoice.paid' AND actor = 'staff'
  UNION ALL SELECT actor_id::uuid, 'invoice.credit_used' FROM timeline_entries
    WHERE event = 'invoice.credit_used' AND actor = 'staff'
  UNION ALL SELECT sent_by, 'invoice.refund_sent' FROM refunds`;

export const ofAudit: readonly Invariant[] = [
  {
    id: 'I12',
    name: 'staffDeedsAreAudited',
    sql: `WITH done AS (SELECT staff_id, action, count(*) AS done FROM (${deeds}) AS d WHERE staff_id IS NOT NULL GROUP BY 1, 2),
          told AS (SELECT actor_id AS staff_id, action, count(*) AS told FROM audit_entries WHERE actor_kind = 'staff' GROUP BY 1, 2)
          SELECT m.name, action, done, coalesce(told, 0) AS told FROM done LEFT JOIN told USING (staff_id, action)
          JOIN staff_members m ON m.id = staff_id WHERE done <> coalesce(told, 0)`,
  },
];
