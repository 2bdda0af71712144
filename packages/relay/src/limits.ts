/** The numbers of the relay. Bytes and milliseconds unless the name says otherwise. */

export const ROOMS_DEFAULT = 10_000;
export const GRACE_SECONDS_DEFAULT = 15;

/** MiB of the largest file, of all files of one room, of all files; seconds that a file is kept. */
export const MAX_FILE_DEFAULT = 50;
export const FILE_QUOTA_DEFAULT = 500;
export const FILE_TOTAL_DEFAULT = 10_240;
export const FILE_TTL_DEFAULT = 24 * 60 * 60;

/** Seconds that a message is kept (0: none is); MiB of all messages of one room, of all messages. */
export const HISTORY_DEFAULT = 0;
export const HISTORY_QUOTA_DEFAULT = 64;
export const HISTORY_TOTAL_DEFAULT = 4_096;

/** How often it is looked for members whose grace time is over: at most, and at least. */
export const GRACE_INTERVAL = 1_000;
export const GRACE_INTERVAL_MIN = 20;

/** What is held for members whose links are down: events and KiB of one room, bytes of all rooms. */
export const RING_DEFAULT = 256;
export const RING_SIZE_DEFAULT = 512;
export const RING_TOTAL = 128 * 1024 * 1024;

/** How often it is looked for files and messages whose time is over, milliseconds. */
export const SWEEP_INTERVAL = 60_000;

/** What a packet that waits for a reader takes besides its bytes, about. */
export const PACKET_OVERHEAD = 128;

/** Parts of files count apart from messages; at 256 KiB each this is 25 MiB a second. */
export const FILE_PARTS_PER_SECOND = 100;
export const FILE_PART_BURST = 200;

/** Packets a second that are no messages: two for each part of a file, and signs of life. */
export const PACKETS_BESIDE_MESSAGES = 250;
/** Packets of one socket that are read before all others have their turn. */
export const PACKETS_AT_ONCE = 32;
/** How long nothing is read of a socket that sends more than it may. */
export const FLOOD_PAUSE = 1_000;
/** It is cut when that does not help: after so many pauses, each less than this after the one before. */
export const FLOOD_PAUSES_MAX = 4;
export const FLOOD_MEMORY = 5_000;
/** What it has sent before that is read at most, and what may be dropped unread before it is cut. */
export const PACKETS_LATE_MAX = 1_300;
export const PACKETS_DROPPED_MAX = 5_000;
/** The bytes that a packet has announced. */
export const ATTACHMENT_DEADLINE = 10_000;
/** New connections of one address a second in the long run. */
export const HANDSHAKES_PER_SECOND = 10;

/** A WebSocket that has not even said Socket.IO's CONNECT. */
export const CONNECT_DEADLINE = 10_000;

/** One WebSocket message in more pieces than this is an attack on the memory. */
export const WS_FRAGMENTS_MAX = 128;
/** How long a WebSocket may take to answer the closing handshake. */
export const WS_CLOSE_TIMEOUT = 2_000;

export const HTTP_HEADERS_TIMEOUT = 5_000;
export const HTTP_REQUEST_TIMEOUT = 10_000;
export const HTTP_KEEP_ALIVE_TIMEOUT = 5_000;
/** How often the two are looked after; Node's own 30 s would make them longer than they say. */
export const HTTP_CHECK_INTERVAL = 1_000;
/** A connection over which nothing goes in either direction, WebSockets apart: also a page that is not read. */
export const HTTP_SILENCE_MAX = 60_000;
export const HTTP_REQUESTS_PER_CONNECTION = 1_000;
/** Connections beside those of WebSockets, for pages and for asking how the relay is. */
export const HTTP_CONNECTIONS_BESIDE = 1_000;

/** Connections to the port of the metrics. */
export const METRICS_CONNECTIONS_MAX = 16;
/** How often it is looked how late timers are, milliseconds. */
export const EVENT_LOOP_RESOLUTION = 10;

/** Entries of an open room's log that relays have in common. */
export const ROOM_LOG_ENTRIES = 1_000;
/** Entries of the room's log that a newcomer gets. */
export const ROOM_LOG_ON_JOIN = 50;
/** Audit rows that wait in memory while the disk is slow, full or read-only; about 20 MB at the most. */
export const AUDIT_QUEUE_MAX = 50_000;
/** How often they go to the thread that writes them. */
export const AUDIT_FLUSH_INTERVAL = 100;
/** So many go at once when they come faster than that. */
export const AUDIT_ROWS_SENT = 128;
/** In one transaction, which keeps others from writing to the file for a few milliseconds. */
export const AUDIT_ROWS_AT_ONCE = 500;
/** How many are written before the relay hears of it, if there are more to write. */
export const AUDIT_ROWS_TOLD = 5_000;
/** Until the thread tries again when the disk has failed. */
export const AUDIT_RETRY_INTERVAL = 1_000;
/** Questions for entries of the log that wait for their answer. */
export const AUDIT_READS_MAX = 1_000;
/** How long a stop waits for the last rows. */
export const AUDIT_CLOSE_TIMEOUT = 5_000;

/**
 * How long a statement waits for another connection that writes. On the message path only as long as the audit log's
 * thread takes for one of its transactions, with a large margin; on that thread longer; longest when the file is opened.
 */
export const DATABASE_BUSY_TIMEOUT = 250;
export const AUDIT_BUSY_TIMEOUT = 1_000;
export const DATABASE_OPEN_TIMEOUT = 5_000;

/** How long is waited for Redis to answer, or to come back. */
export const REDIS_DEADLINE = 3_000;
export const REDIS_CONNECT_DEADLINE = 5_000;
/** A relay that has given Redis no sign of life for so long is dead; it gives one every second. */
export const RELAY_LIFE = 5_000;
/** Seats of dead relays, and seats whose grace time is over, that are taken in one step. */
export const SEATS_AT_ONCE = 200;
/** How long one reading of the stream waits for something; how often a new reader looks whether it reads. */
export const STREAM_READ_TIME = 2_000;
export const STREAM_PROBE_INTERVAL = 50;
/** Events of one socket that wait while an earlier one does. */
export const WAITING_EVENTS_MAX = 512;
/** Entries of the stream between relays. A relay that is further behind has lost some of it. */
export const STREAM_ENTRIES = 20_000;
