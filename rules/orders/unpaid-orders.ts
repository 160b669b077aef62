/**
 * An unpaid order holds a machine for half an hour. So that nobody takes the whole stock off the shelf without paying, a
 * customer has so many of them at a time and no more.
 */
export const MOST_UNPAID_ORDERS = 5;
