package dev.vat.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// An account in memory.
public final class MemoryAccessPolicies implements AccessPolicies {
  private final Map<String, Policy> policies = new TreeMap<>();
  private final Map<String, Set<String>> users = new TreeMap<>();
  private final Map<String, Role> roles = new TreeMap<>();

  public void addUser(String name) {
    users.put(name, new TreeSet<>());
  }

  @Override
  public Optional<Policy> find(String name) {
    return Optional.ofNullable(policies.get(name));
  }

  @Override
  public void create(String name, String description, Map<String, String> tags, String document)
      throws StoreException {
    if (policies.containsKey(name)) {
      throw new StoreException.Changed(name + " is there", null);
    }
    policies.put(
        name, new Policy(name, "arn:aws:iam::1:policy/" + name, tags, "v1", document, List.of()));
  }

  @Override
  public void update(Policy seen, String document) throws StoreException {
    if (!seen.equals(policies.get(seen.name()))) {
      throw new StoreException.Changed(seen.name() + " was changed", null);
    }
    List<String> earlier = new ArrayList<>(seen.earlier());
    earlier.add(seen.version());
    if (earlier.size() >= MOST_VERSIONS) {
      earlier.removeFirst();
    }
    String next = "v" + (Integer.parseInt(seen.version().substring(1)) + 1);
    policies.put(
        seen.name(), new Policy(seen.name(), seen.arn(), seen.tags(), next, document, earlier));
  }

  @Override
  public Optional<Set<String>> attachedTo(String user) {
    return Optional.ofNullable(users.get(user)).map(Set::copyOf);
  }

  @Override
  public void attach(String user, String policy) throws StoreException {
    if (!policies.containsKey(policy)) {
      throw new StoreException.Changed("no " + policy, null);
    }
    users.get(user).add(policy);
  }

  @Override
  public Optional<Role> role(String name) {
    return Optional.ofNullable(roles.get(name));
  }

  @Override
  public void createRole(String name, String description, Map<String, String> tags, String trust)
      throws StoreException {
    if (roles.containsKey(name)) {
      throw new StoreException.Changed(name + " is there", null);
    }
    roles.put(name, new Role(name, "arn:aws:iam::1:role/" + name, tags, Map.of()));
  }

  @Override
  public void permit(String role, String policy, String document) {
    Role now = roles.get(role);
    Map<String, String> permissions = new TreeMap<>(now.permissions());
    permissions.put(policy, document);
    roles.put(role, new Role(role, now.arn(), now.tags(), permissions));
  }

  @Override
  public void close() {
    // It holds nothing but memory.
  }
}
