// The runs use all processors themselves.
[assembly: DoNotParallelize]
