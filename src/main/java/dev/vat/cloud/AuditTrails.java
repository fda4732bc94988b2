package dev.vat.cloud;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The trails of an AWS account that log who wrote and removed which objects, in one region.
public interface AuditTrails extends AutoCloseable {
  /// One trail.
  ///
  /// @param bucket that it writes to
  /// @param logging whether it is switched on
  /// @param watched the beginnings of objects (AWS's names for them) of which writes and removals
  ///     are logged; empty where it is set to something that this has no word for
  record Trail(String name, String bucket, boolean logging, Optional<Set<String>> watched) {
    public Trail {
      Objects.requireNonNull(name);
      Objects.requireNonNull(bucket);
      watched = watched.map(Set::copyOf);
    }
  }

  /// The account's number.
  String account() throws StoreException;

  /// @return empty when the region has none of this name
  Optional<Trail> find(String name) throws StoreException;

  /// Makes one, which logs nothing yet.
  ///
  /// @param bucket that CloudTrail may write to
  /// @throws StoreException.Changed when there is one of this name by now
  void create(String name, String bucket) throws StoreException;

  /// Has it log writes and removals of these objects, and nothing else.
  void watch(String name, Set<String> objects) throws StoreException;

  /// Switches it on.
  void start(String name) throws StoreException;

  @Override
  void close();
}
