package dev.vat.disk;

/// Placement on this system's file system that can be cut between any two renames.
public final class CutPlacement {
  private CutPlacement() {}

  /// @param step called before and after each rename; throws an [Error] where the run is cut, and
  ///     from then on always
  public static FilePlacement cutBy(Runnable step) {
    NoReplaceRename real = NoReplaceRename.ofThisSystem();
    return new FilePlacement(
        new NoReplaceMove(
            (source, target) -> {
              step.run();
              NoReplaceRename.Answer answer = real.rename(source, target);
              step.run();
              return answer;
            }));
  }
}
