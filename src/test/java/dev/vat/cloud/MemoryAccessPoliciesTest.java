package dev.vat.cloud;

final class MemoryAccessPoliciesTest extends AccessPoliciesContract {
  private final MemoryAccessPolicies account = new MemoryAccessPolicies();

  @Override
  AccessPolicies account() {
    return account;
  }

  @Override
  void addUser(String name) {
    account.addUser(name);
  }
}
