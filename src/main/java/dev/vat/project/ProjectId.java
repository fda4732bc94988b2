package dev.vat.project;

/// A project's id: the name of its folder, directly below the repository (design, section 2).
///
/// @param value for example `b63-flivideo`; one part of a path, never hidden
public record ProjectId(String value) implements Comparable<ProjectId> {
  public ProjectId {
    RelativeName.of(value);
    if (value.indexOf('/') >= 0 || value.startsWith(".")) {
      throw new IllegalArgumentException("not a project id: " + value);
    }
  }

  @Override
  public int compareTo(ProjectId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
