// The runs take every processor themselves.
[assembly: DoNotParallelize]
