//! Transports around transports: trace, fault, replay, record.
