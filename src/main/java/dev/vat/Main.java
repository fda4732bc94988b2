package dev.vat;

/** Wiring: the only place that knows every implementation. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("vat");
  }
}
