package dev.vat.project;

/// A name from outside that must not become a file's name. The message is fit for users: control
/// characters are escaped.
public final class HostileNameException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  HostileNameException(String name, String problem) {
    super("the name \"" + shown(name) + "\" is refused: " + problem);
  }

  private static String shown(String name) {
    StringBuilder out = new StringBuilder();
    name.codePoints()
        .limit(200)
        .forEach(
            c -> {
              if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                out.append(String.format("\\u%04x", c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }
}
