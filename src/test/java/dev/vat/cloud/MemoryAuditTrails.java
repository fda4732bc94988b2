package dev.vat.cloud;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Trails in memory.
public final class MemoryAuditTrails implements AuditTrails {
  private final Map<String, Trail> trails = new TreeMap<>();

  @Override
  public String account() {
    return "123456789012";
  }

  @Override
  public Optional<Trail> find(String name) {
    return Optional.ofNullable(trails.get(name));
  }

  @Override
  public void create(String name, String bucket) throws StoreException {
    if (trails.containsKey(name)) {
      throw new StoreException.Changed(name + " is there", null);
    }
    trails.put(name, new Trail(name, bucket, false, Optional.empty()));
  }

  @Override
  public void watch(String name, Set<String> objects) {
    Trail now = trails.get(name);
    trails.put(name, new Trail(name, now.bucket(), now.logging(), Optional.of(objects)));
  }

  @Override
  public void start(String name) {
    Trail now = trails.get(name);
    trails.put(name, new Trail(name, now.bucket(), true, now.watched()));
  }

  @Override
  public void close() {
    // It holds nothing but memory.
  }
}
