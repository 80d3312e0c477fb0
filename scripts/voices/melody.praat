# Bends the end of a question: the pitch goes from its median (at t1) to "peak" times the median (at t2), then to "last"
# times the median (from t3 on). Synthesisers read yes-no questions as statements; people do not.
form Melody
  sentence in
  sentence out
  real t1 0
  real t2 0.1
  real t3 0.2
  real peak 1.5
  real last 0.8
endform
Read from file: in$
sound = selected ("Sound")
To Pitch: 0, 70, 400
median = Get quantile: 0, 0, 0.5, "Hertz"
selectObject: sound
manipulation = To Manipulation: 0.01, 70, 400
tier = Extract pitch tier
Formula: "if x < t1 then self else if x < t2 then median * (1 + (peak - 1) * (x - t1) / (t2 - t1)) else if x < t3 then median * (peak + (last - peak) * (x - t2) / (t3 - t2)) else median * last fi fi fi"
selectObject: manipulation
plusObject: tier
Replace pitch tier
selectObject: manipulation
Get resynthesis (overlap-add)
Save as WAV file: out$
