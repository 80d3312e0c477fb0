# Gives a synthesised line another pitch, vocal tract and pace, and cuts the silence around it.
form Shape
  sentence in
  sentence out
  real formants 1.0
  real pitch 120
  real range 1.0
  real pace 1.0
endform
Read from file: in$
sound = selected ("Sound")
Change gender: 70, 400, formants, pitch, range, pace
shaped = selected ("Sound")
# "Change gender" resamples only when it shifts formants: bring all to the telephone's rate.
Resample: 8000, 50
Filter (pass Hann band): 180, 3800, 60
Scale peak: 0.9
Save as WAV file: out$
